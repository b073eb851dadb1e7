"""An endpoint as language models have it, without a model: it answers by a few rules, well or badly."""
