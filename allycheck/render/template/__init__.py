"""An answers file to fill in, in every shape that people can fill in; `formats` is the list of them."""
