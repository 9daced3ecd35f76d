namespace Connect.Operations;

/// <summary>Type of the page's texts: <c>Texts.resx</c> in English, <c>Texts.ko.resx</c> in Korean.</summary>
internal sealed class Texts;
