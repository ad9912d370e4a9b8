"""Clusters on this machine, as tests use them; all that they write goes into temporary directories."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
os.environ["PYSPARK_PYTHON"] = sys.executable
# A worker must find the filter of these tests, as it would find an installed plug-in.
os.environ["PYTHONPATH"] = os.pathsep.join([str(HERE), str(HERE.parent), os.environ.get("PYTHONPATH", "")])


@contextmanager
def local_ray(workers: int) -> Iterator[None]:
    """A Ray cluster of so many workers, gone afterwards."""
    import ray

    ray.init(num_cpus=workers, include_dashboard=False, log_to_driver=False, logging_level="error")
    try:
        yield
    finally:
        ray.shutdown()


@contextmanager
def local_spark(workers: int, **settings: str) -> Iterator[Any]:
    """A Spark session with so many workers, gone afterwards."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(f"local[{workers}]").config("spark.ui.enabled", "false")
    for key, value in {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1", **settings}.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()
