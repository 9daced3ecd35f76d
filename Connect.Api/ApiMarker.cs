namespace Connect.Api;

/// <summary>Identifies this assembly to <c>WebApplicationFactory</c>: several projects have a class <c>Program</c>.</summary>
public sealed class ApiMarker;
