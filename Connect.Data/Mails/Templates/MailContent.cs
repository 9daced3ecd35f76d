using Connect.Domain.Matching.Explanations;

namespace Connect.Data.Mails.Templates;

/// <summary>What a mail says: a record per template, whose properties are the template's values.</summary>
public abstract record MailContent
{
    /// <summary>The template's name, for reports: at most <see cref="Mail.MaxTemplateLength"/> characters.</summary>
    public abstract string Template { get; }

    /// <summary>Its text, without greeting and closing. Blocks are encoded for HTML later.</summary>
    /// <param name="language">Korean or English.</param>
    /// <param name="expiresAt">When the mail's links expire.</param>
    public abstract MailText Write(ExplanationLanguage language, DateTimeOffset expiresAt);

    /// <summary>The template's name: values are secrets, or name people.</summary>
    public sealed override string ToString() => Template;
}

/// <summary>A mail's text.</summary>
/// <param name="Subject">The subject: a constant without values, as values come from people.</param>
/// <param name="Blocks">The body.</param>
public sealed record MailText(string Subject, params IReadOnlyList<MailBlock> Blocks);

/// <summary>A part of a body.</summary>
public abstract record MailBlock;

/// <summary>A paragraph of plain text.</summary>
public sealed record MailParagraph(string Text) : MailBlock;

/// <summary>A link to follow.</summary>
/// <param name="Caption">What following it does.</param>
/// <param name="Address">An absolute http or https address.</param>
public sealed record MailLink(string Caption, Uri Address) : MailBlock;

/// <summary>A code to copy, on a line of its own.</summary>
public sealed record MailCode(string Code) : MailBlock;
