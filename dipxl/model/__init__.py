"""What the rules say: columns, classes, items, grounds, findings and the register, with no file format."""
