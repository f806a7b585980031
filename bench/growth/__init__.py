"""What 1, 10 and 50 symbols of 2.5 years take."""
