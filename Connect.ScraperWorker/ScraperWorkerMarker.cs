namespace Connect.ScraperWorker;

/// <summary>Identifies this assembly to tests: several projects have a class <c>Program</c>.</summary>
public sealed class ScraperWorkerMarker;
