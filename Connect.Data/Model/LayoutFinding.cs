namespace Connect.Data.Model;

/// <summary>One part of a layout, held against a page.</summary>
/// <param name="Setting">The setting that names the part, such as <c>Table:Headings</c>.</param>
/// <param name="Expected">Its value.</param>
/// <param name="Found">What the page has in its place: a number of elements, or names.</param>
/// <param name="IsThere">Whether that is what is needed.</param>
public sealed record LayoutFinding(string Setting, string Expected, string Found, bool IsThere);
