"""One module per format, each with one function from a result to text. Renderers only format."""
