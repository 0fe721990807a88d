"""The SOP in the office's words, one module a step."""
