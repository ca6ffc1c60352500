"""The pages: each takes an `Ask` and gives an answer; none of them writes but the rulings."""
