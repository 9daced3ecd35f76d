using System.Collections.Immutable;
using System.Globalization;
using Connect.Operations.Look;
using Connect.Operations.Numbers;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Connect.Operations.Components;

/// <summary>An hour of minutes: requests by outcome, or their shares. A sentence and a table say the same for screen readers.</summary>
public sealed partial class MinuteChart
{
    private const int LabelEvery = 10;

    private readonly StackedBarChartOptions _options = new()
    {
        ChartPalette = ["var(--ops-memory)", "var(--ops-redis)", "var(--ops-miss)", "var(--ops-stale)"],
        ShowLegend = false,
        ShowToolTips = false,
        ShowZeroValues = false,
        MaxNumYAxisTicks = 5,
        YAxisLines = true,
    };

    private List<ChartSeries<double>> _series = [];
    private string[] _labels = [];
    private bool _isOpen;

    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required ImmutableArray<ChartMinute> Minutes { get; set; }

    /// <summary>Whether it shows shares instead of counts.</summary>
    [Parameter, EditorRequired]
    public required bool IsShare { get; set; }

    private string Summary
    {
        get
        {
            var all = Minutes.Sum(minute => minute.Requests);
            return all == 0
                ? Text["ChartEmpty"]
                : Text["ChartSummary", Show.Count(all), Part(m => m.Memory), Part(m => m.Redis), Part(m => m.Miss), Part(m => m.Stale)];

            string Part(Func<ChartMinute, long> part) => Show.Percent((double)Minutes.Sum(part) / all);
        }
    }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        _labels = [.. Minutes.Select(minute => minute.Minute.Minute % LabelEvery == 0 ? Show.Minute(minute.Minute) : "")];
        _series = [Series("memory", m => m.Memory), Series("redis", m => m.Redis), Series("miss", m => m.Miss), Series("stale", m => m.Stale)];
        _options.YAxisToStringFunc = value => IsShare
            ? value.ToString("0'%'", CultureInfo.InvariantCulture)
            : value.ToString("N0", CultureInfo.CurrentCulture);
        if (IsShare)
        {
            (_options.YAxisSuggestedMax, _options.YAxisTicks) = (100, 25);
        }
    }

    private ChartSeries<double> Series(string name, Func<ChartMinute, long> part) =>
        new([.. Minutes.Select(minute => IsShare ? minute.Requests == 0 ? 0 : 100.0 * part(minute) / minute.Requests : part(minute))]) { Name = name };

    private string Cell(ChartMinute minute, long part) => IsShare ? Show.Percent((double)part / minute.Requests) : Show.Count(part);
}
