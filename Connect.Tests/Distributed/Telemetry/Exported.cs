using Connect.Tests.Distributed.Security;

namespace Connect.Tests.Distributed.Telemetry;

/// <summary>A span as a collector gets it.</summary>
internal sealed record ExportedSpan(
    string Source, string Name, int Kind, string TraceId, string SpanId, string ParentId, IReadOnlyDictionary<string, string> Attributes,
    IReadOnlyDictionary<string, string> Resource);

/// <summary>A metric as a collector gets it.</summary>
internal sealed record ExportedMetric(string Meter, string Name, string Unit, IReadOnlyDictionary<string, string> Resource);

/// <summary>Received telemetry, by the numbers of OTLP's fields.</summary>
internal static class Exported
{
    public static IReadOnlyList<ExportedSpan> SpansOf(OtlpReceiver receiver) =>
    [
        .. from scoped in ScopesOf(receiver, "traces")
           from span in scoped.Scope.Messages(2)
           select new ExportedSpan(
               scoped.Name, span.Text(5), (int)span.Number(6), span.Hex(1), span.Hex(2), span.Hex(4), AttributesOf(span, 9), scoped.Resource),
    ];

    public static IReadOnlyList<ExportedMetric> MetricsOf(OtlpReceiver receiver) =>
    [
        .. from scoped in ScopesOf(receiver, "metrics")
           from metric in scoped.Scope.Messages(2)
           select new ExportedMetric(scoped.Name, metric.Text(1), metric.Text(3), scoped.Resource),
    ];

    private static IEnumerable<(string Name, ProtobufFields Scope, Dictionary<string, string> Resource)> ScopesOf(OtlpReceiver receiver, string signal) =>
        from content in receiver.ContentsOf(signal)
        from resource in new ProtobufFields(content).Messages(1)
        let attributes = AttributesOf(resource.Message(1)!, 1)
        from scope in resource.Messages(2)
        select (scope.Message(1)!.Text(1), scope, attributes);

    // Only texts are looked at; other values are empty.
    private static Dictionary<string, string> AttributesOf(ProtobufFields owner, int number) =>
        owner.Messages(number).ToDictionary(attribute => attribute.Text(1), attribute => attribute.Message(2)?.Text(1) ?? "");
}
