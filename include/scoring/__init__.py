"""What the answer to a minute rests on: its inputs, the models that may answer, and what forbids an answer."""
