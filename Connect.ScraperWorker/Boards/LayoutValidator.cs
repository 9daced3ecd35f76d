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
            case BoardShape.Table:
                check.That(options.Table.Headings.Trim(' ', ',').Length > 0, "Table:Headings", options.Table.Headings, "it has at least one word");
                break;
            case BoardShape.Blocks:
                Blocks(check, options.Blocks);
                break;
            case BoardShape.Json:
                Json(check, options);
                break;
            case BoardShape.Feed:
                break;
            default:
                check.That(false, "Shape", options.Shape, $"it is one of {string.Join(", ", Enum.GetNames<BoardShape>())}");
                break;
        }

        check.That(RowNames.Of(options, RowField.Title).Length > 0, "Row:Title", null, "it names what the list calls a title");
        Paging(check, options);
        Detail(check, options.Detail);
        Call(check, options.DetailCall, options.DetailPath);
        var needsKey = options.ListPath.Contains("{key}", StringComparison.Ordinal);
        check.That(!needsKey || !string.IsNullOrEmpty(options.Key), "Key", null, "the interface asks for a key, which is a secret");
        check.That(!options.PointsTo.Any(other => other.ToString() == name), "PointsTo", name, "a board does not point to itself");
        return check.Result;
    }

    private static void Json(Check check, BoardOptions options)
    {
        foreach (var (setting, path) in ((string, string)[])[("Items", options.Json.Items), ("Pages", options.Json.Pages)])
        {
            check.That(path.Length == 0 || PathRegex().IsMatch(path), $"Json:{setting}", path, "it is a path of properties with dots between them, or empty");
        }

        var arguments = RowNames.Split(options.Json.Arguments).Length;
        check.That(
            arguments > 0 || RowNames.Of(options, RowField.Link).Length > 0, "Json:Arguments", null, "a row needs them, or Row:Link, to lead to its page");
        check.That(
            arguments == 0 || !string.IsNullOrEmpty(options.DetailPath), "DetailPath", options.DetailPath, "it has the places of Json:Arguments");
    }

    private static void Blocks(Check check, BlocksLayout blocks)
    {
        check.Selector("Blocks:List", blocks.List, isNeeded: true);
        check.Selector("Blocks:Item", blocks.Item, isNeeded: true);
        check.Selector("Blocks:Link", blocks.Link, isNeeded: true);
        check.Selector("Blocks:Fields", blocks.Fields);
        check.Selector("Blocks:Label", blocks.Label);
        foreach (var (field, selector) in blocks.Parts)
        {
            check.Selector($"Blocks:Parts:{field}", selector);
        }
    }

    private static void Paging(Check check, BoardOptions options)
    {
        var (paging, isPage) = (options.Paging, options.Shape is BoardShape.Table or BoardShape.Blocks);
        check.That(NameRegex().IsMatch(paging.Parameter), "Paging:Parameter", paging.Parameter, "it is the name of a query parameter, or empty");
        check.Selector("Paging:Pager", paging.Pager, isNeeded: isPage && paging.Parameter.Length > 0);
    }

    private static void Detail(Check check, DetailLayout detail)
    {
        if (!detail.IsRead)
        {
            check.That(detail.Heading.Length == 0, "Detail:Fields", null, "it is a CSS selector; only a board without Heading has no detail pages");
            return;
        }

        check.Selector("Detail:Heading", detail.Heading, isNeeded: true, isList: true, canBeLabel: true);
        check.Selector("Detail:Fields", detail.Fields, isNeeded: true);
        check.Selector("Detail:Label", detail.Label, isNeeded: true);
        check.Selector("Detail:Body", detail.Body, isNeeded: detail.Frame.Length == 0, isList: true, canBeLabel: true);
        check.Selector("Detail:Frame", detail.Frame);
        check.Selector("Detail:Attachments", detail.Attachments);
    }

    private static void Call(Check check, string? call, string? path)
    {
        check.That(string.IsNullOrEmpty(call) || FunctionRegex().IsMatch(call), "DetailCall", call, "it is the name of a script function, or empty");
        check.That(
            string.IsNullOrEmpty(path) || (path.StartsWith('/') && !path.StartsWith("//", StringComparison.Ordinal) && HasPlaces(path)),
            "DetailPath", path, "it is a path with {0} for the call's first argument, {1} for the second, up to {9}, or empty");
        check.That(string.IsNullOrEmpty(call) || !string.IsNullOrEmpty(path), "DetailPath", path, $"it goes with DetailCall, which is '{call}'");
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

    [GeneratedRegex(@"\A[^.\s]{1,50}(?:\.[^.\s]{1,50}){0,9}\z", RegexOptions.CultureInvariant)]
    private static partial Regex PathRegex();

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

        public void Selector(string setting, string selector, bool isNeeded = false, bool isList = false, bool canBeLabel = false)
        {
            That(selector.Length > 0 || !isNeeded, setting, selector, "it is a CSS selector");
            if (canBeLabel && selector.StartsWith(DetailLayout.LabelPrefix, StringComparison.Ordinal))
            {
                That(selector.Length > DetailLayout.LabelPrefix.Length, setting, selector, "a label follows");
                return;
            }

            foreach (var part in selector.Length == 0 ? [] : isList ? selector.Split(',') : [selector])
            {
                That(Selectors.ParseSelector(part.Trim()) is not null, setting, selector, "it is no CSS selector that is understood");
            }
        }
    }
}
