using System.Collections.Immutable;
using Connect.Data.Operations;

namespace Connect.Operations.Numbers;

/// <summary>The figures that the page computes from a view.</summary>
/// <param name="Hour">The last hour over all layers.</param>
/// <param name="Layers">The last hour by layer, in the order of reports; only layers with reads.</param>
/// <param name="LagP50">Median time from an eviction's commit to its arrival, in seconds; null if none was heard.</param>
/// <param name="LagP99">The same, 99th percentile.</param>
/// <param name="Verified">Whether the generations of all instances are verified; null if unknown.</param>
/// <param name="BreakerOpen">Whether an instance's breaker is open; null if unknown.</param>
/// <param name="Apis">Live instances of the API.</param>
/// <param name="Workers">Live workers.</param>
public sealed record BoardNumbers(
    LayerHour Hour, ImmutableArray<LayerHour> Layers, double? LagP50, double? LagP99, bool? Verified, bool? BreakerOpen, int Apis, int Workers)
{
    public static BoardNumbers Of(OperationsView view)
    {
        var minutes = view.History.ToLookup(minute => minute.Layer);
        var totals = view.Totals.Layers;
        var names = totals.Select(layer => layer.Name).Concat(minutes.Select(layer => layer.Key)).Distinct();
        ImmutableArray<LayerHour> layers =
        [
            .. names.Select(name => LayerHour.Of(name, [.. minutes[name]], totals.FirstOrDefault(layer => layer.Name == name)))
                .Where(layer => layer.Requests > 0),
        ];
        var listener = view.Totals.Listener;
        return new BoardNumbers(
            LayerHour.SumOf(layers, view.History), layers,
            listener?.LagOf(0.5),
            listener?.LagOf(0.99),
            listener?.Verified,
            view.Totals.Redis?.BreakerOpen,
            view.Instances.Count(instance => instance.Role == "api"),
            view.Instances.Count(instance => instance.Role == "worker"));
    }
}
