"""What watches over the pipeline: checks that each write a row, and the alerts that come of them."""
