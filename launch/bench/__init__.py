"""Figures and trials that need a whole Baton and a real browser: effort, budgets, kills."""
