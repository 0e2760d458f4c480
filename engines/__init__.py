"""The engines Coproduce runs on when nobody names their own.

PostgreSQL and Valkey from wheels, and what keeps them, the web server, the worker and the scheduler running
together. Imports nothing else of the project.
"""
