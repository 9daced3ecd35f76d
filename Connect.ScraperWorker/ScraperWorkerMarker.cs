namespace Connect.ScraperWorker;

/// <summary>Names this assembly's entry point to tests: several projects have a class <c>Program</c>.</summary>
public sealed class ScraperWorkerMarker;
