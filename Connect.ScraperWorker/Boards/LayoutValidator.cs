using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Css.Parser;
using Microsoft.Extensions.Options;

namespace Connect.ScraperWorker.Boards;

/// <summary>
/// Checks a board's layout at start. Each message names the setting, its value and what is expected.
/// </summary>
internal sealed partial class LayoutValidator : IValidateOptions<BoardOptions>
{
    private static readonly CssSelectorParser Selectors = new();

    public ValidateOptionsResult Validate(string? name, BoardOptions options)
    {
        var check = new Check($"{BoardOptions.SectionName}:{name}");
        switch (options.Shape)
        {
            case BoardShape.Table or BoardShape.Portal:
                Table(check, options.Table);
                break;
            case BoardShape.Blocks:
                Blocks(check, options.Blocks);
                break;
            default:
                check.That(false, "Shape", options.Shape, $"it is one of {string.Join(", ", Enum.GetNames<BoardShape>())}");
                break;
        }

        Paging(check, options.Paging);
        check.Selector("Detail:Heading", options.Detail.Heading, isNeeded: true);
        check.Selector("Detail:Fields", options.Detail.Fields, isNeeded: true);
        check.Selector("Detail:Body", options.Detail.Body, isNeeded: true, isList: true);
        check.Selector("Detail:Attachments", options.Detail.Attachments);
        Call(check, options.DetailCall, options.DetailPath);
        return check.Result;
    }

    private static void Table(Check check, TableLayout table)
    {
        check.That(table.Headings.Trim(' ', ',').Length > 0, "Table:Headings", table.Headings, "it has at least one word");
        check.That(table.Columns is null or (>= 1 and <= TableLayout.MostColumns), "Table:Columns", table.Columns, $"it is 1 to {TableLayout.MostColumns}, or empty");
        check.That(table.TitleColumn is not null, "Table:TitleColumn", null, "a table needs it; columns are counted from 0");
        var last = Math.Clamp(table.Columns ?? TableLayout.MostColumns, 1, TableLayout.MostColumns) - 1;
        foreach (var (setting, column) in ((string, int?)[])
            [
                ("TitleColumn", table.TitleColumn), ("DateColumn", table.DateColumn), ("StatusColumn", table.StatusColumn),
                ("MinistryColumn", table.MinistryColumn), ("StartColumn", table.StartColumn), ("DeadlineColumn", table.DeadlineColumn),
            ])
        {
            check.That(column is null || (column >= 0 && column <= last), $"Table:{setting}", column, $"columns are counted from 0, and the last one is {last}");
        }
    }

    private static void Blocks(Check check, BlocksLayout blocks)
    {
        check.Selector("Blocks:List", blocks.List, isNeeded: true);
        check.Selector("Blocks:Item", blocks.Item, isNeeded: true);
        check.Selector("Blocks:Link", blocks.Link, isNeeded: true);
        check.Selector("Blocks:Fields", blocks.Fields);
        check.Selector("Blocks:Label", blocks.Label);
    }

    private static void Paging(Check check, PagingLayout paging)
    {
        check.That(NameRegex().IsMatch(paging.Parameter), "Paging:Parameter", paging.Parameter, "it is the name of a query parameter, or empty");
        check.Selector("Paging:Pager", paging.Pager, isNeeded: paging.Parameter.Length > 0);
    }

    private static void Call(Check check, string? call, string? path)
    {
        check.That(string.IsNullOrEmpty(call) || FunctionRegex().IsMatch(call), "DetailCall", call, "it is the name of a script function, or empty");
        check.That(
            string.IsNullOrEmpty(path) || (path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && HasPlaces(path)),
            "DetailPath", path, "it is a path with {0} for the call's first argument, {1} for the second, up to {9}, or empty");
        check.That(string.IsNullOrEmpty(call) == string.IsNullOrEmpty(path), "DetailPath", path, $"it goes with DetailCall, which is '{call}'");
    }

    private static bool HasPlaces(string path)
    {
        try
        {
            var format = CompositeFormat.Parse(path);
            return format.MinimumArgumentCount is >= 1 and <= BoardOptions.MostArguments && !OtherPlaceRegex().IsMatch(path);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.\-\[\]]{0,50}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NameRegex();

    [GeneratedRegex(@"\A[A-Za-z_$][A-Za-z0-9_$.]{0,99}\z", RegexOptions.CultureInvariant)]
    private static partial Regex FunctionRegex();

    // Alignment, formats and doubled braces of composite formats are not supported.
    [GeneratedRegex(@"\{[^{}]*[^0-9{}][^{}]*\}|\{\{|\}\}|\{[0-9]{2,}\}", RegexOptions.CultureInvariant)]
    private static partial Regex OtherPlaceRegex();

    private sealed class Check(string section)
    {
        private readonly List<string> _failures = [];

        public ValidateOptionsResult Result => _failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(_failures);

        public void That(bool isRight, string setting, object? value, string expected)
        {
            if (!isRight)
            {
                var text = Convert.ToString(value, CultureInfo.InvariantCulture);
                _failures.Add($"{section}:{setting} is {(string.IsNullOrEmpty(text) ? "missing" : $"'{text}'")}: {expected}.");
            }
        }

        public void Selector(string setting, string selector, bool isNeeded = false, bool isList = false)
        {
            That(selector.Length > 0 || !isNeeded, setting, selector, "it is a CSS selector");
            foreach (var part in selector.Length == 0 ? [] : isList ? selector.Split(',') : [selector])
            {
                That(Selectors.ParseSelector(part.Trim()) is not null, setting, selector, "it is no CSS selector that is understood");
            }
        }
    }
}
