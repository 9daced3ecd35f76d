namespace Connect.AgencySimulator;

/// <summary>Names this assembly to test hosts; several projects have a Program.</summary>
public sealed class AgencySimulatorMarker
{
    private AgencySimulatorMarker()
    {
    }
}
