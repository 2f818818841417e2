"""The press room: which page stands where on which sheet."""
