using System.Diagnostics.Metrics;
using Connect.ServiceDefaults.Telemetry;
using OpenTelemetry.Metrics;

namespace Connect.Tests.Unit.Telemetry;

/// <summary>Which instruments of the platform are exported.</summary>
public sealed class PlatformInstrumentsTests
{
    [Fact]
    public void Instrument_that_is_not_documented_is_left_out_and_the_own_ones_are_not()
    {
        using var platform = new Meter(PlatformInstruments.Meters[0]);
        using var own = new Meter("Connect.Test");

        Assert.Null(PlatformInstruments.FindView(platform.CreateHistogram<double>("http.server.request.duration")));
        Assert.Same(MetricStreamConfiguration.Drop, PlatformInstruments.FindView(platform.CreateCounter<long>("http.server.invented")));
        Assert.Null(PlatformInstruments.FindView(own.CreateCounter<long>("http.server.invented")));
    }

    [Fact]
    public void Connection_string_becomes_no_dimension()
    {
        using var postgres = new Meter("Npgsql");

        var view = PlatformInstruments.FindView(postgres.CreateHistogram<double>("db.client.operation.duration"));

        Assert.Equal(["db.system.name"], view!.TagKeys!);
        Assert.Same(MetricStreamConfiguration.Drop, PlatformInstruments.FindView(postgres.CreateObservableGauge("db.client.connection.max", () => 1)));
    }
}
