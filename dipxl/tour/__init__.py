"""The sample office, and the story of one edition played on it."""
