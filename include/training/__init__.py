"""labels → candidates → champion: the rows of a training, recipes judged on them, the gate's choice, the model registered."""
