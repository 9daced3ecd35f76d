using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Connect.Domain.Matching.Explanations;

namespace Connect.Data.Mails.Templates;

/// <summary>Makes plain text and HTML of a template's blocks. Only here values become HTML.</summary>
internal static class MailRenderer
{
    private const string Brand = "Connect";

    // Korean stays legible; what HTML means anything by is encoded.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static RenderedMail Render(MailContent content, ExplanationLanguage language, DateTimeOffset expiresAt)
    {
        var text = content.Write(language, expiresAt);
        var subject = $"[{Brand}] {text.Subject}";
        if (subject.Length > Mail.MaxSubjectLength || subject.Any(char.IsControl))
        {
            throw new InvalidOperationException($"The subject of template {content.Template} is not one short line.");
        }

        IReadOnlyList<MailBlock> blocks = [Greeting(language), .. text.Blocks, .. Closing(language)];
        return new(subject, Plain(blocks), Html(blocks, language, subject));
    }

    private static MailParagraph Greeting(ExplanationLanguage language) => new(language == ExplanationLanguage.En ? "Hello," : "안녕하십니까.");

    private static IEnumerable<MailParagraph> Closing(ExplanationLanguage language) => language == ExplanationLanguage.En
        ? [new("Kind regards,\nConnect"), new("This mail was sent automatically. Please do not reply to it.")]
        : [new("감사합니다.\nConnect 드림"), new("본 메일은 발신 전용으로, 회신하셔도 확인되지 않습니다.")];

    private static string Plain(IEnumerable<MailBlock> blocks) => string.Join("\n\n", blocks.Select(block => block switch
    {
        MailParagraph paragraph => paragraph.Text,
        MailLink link => $"{link.Caption}:\n{Address(link)}",
        MailCode code => code.Code,
        _ => throw Unknown(block),
    })) + "\n";

    private static string Html(IEnumerable<MailBlock> blocks, ExplanationLanguage language, string subject)
    {
        var html = new StringBuilder()
            .Append("<!DOCTYPE html>\n<html lang=\"").Append(language.ToTag()).Append("\">\n<head><meta charset=\"utf-8\"><title>")
            .Append(Encoder.Encode(subject))
            .Append("</title></head>\n<body style=\"margin:0;padding:24px;font-family:sans-serif;font-size:16px;line-height:1.6\">\n");
        foreach (var block in blocks)
        {
            html.Append("<p style=\"max-width:600px;margin:0 0 16px\">").Append(Html(block)).Append("</p>\n");
        }

        return html.Append("</body>\n</html>\n").ToString();
    }

    private static string Html(MailBlock block) => block switch
    {
        MailParagraph paragraph => string.Join("<br>", paragraph.Text.Split('\n').Select(Encoder.Encode)),
        MailLink link => $"{Encoder.Encode(link.Caption)}:<br><a href=\"{Encoder.Encode(Address(link))}\">{Encoder.Encode(Address(link))}</a>",
        MailCode code => $"<code style=\"word-break:break-all\">{Encoder.Encode(code.Code)}</code>",
        _ => throw Unknown(block),
    };

    private static string Address(MailLink link) => link.Address is { IsAbsoluteUri: true, Scheme: "http" or "https" }
        ? link.Address.AbsoluteUri
        : throw new InvalidOperationException("A mail's link is an absolute http or https address.");

    private static InvalidOperationException Unknown(MailBlock block) => new($"{block.GetType().Name} is no block of a mail.");
}

/// <summary>A mail as it is sent.</summary>
internal sealed record RenderedMail(string Subject, string Text, string Html);
