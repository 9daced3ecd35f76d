namespace Connect.ScraperWorker.Boards;

/// <summary>What a row of a list says of its announcement, whatever the list's shape.</summary>
internal enum RowField
{
    /// <summary>The announcement's title; no row is one without it.</summary>
    Title,

    /// <summary>The detail page's address, where it is a value: in JSON and feeds.</summary>
    Link,

    /// <summary>The day of publication.</summary>
    Published,

    /// <summary>The first day to apply.</summary>
    Start,

    /// <summary>The last day to apply.</summary>
    Deadline,

    /// <summary>Both days in one text.</summary>
    Period,

    /// <summary>접수중, 마감 and the like, as words or as the text of an image.</summary>
    Status,

    /// <summary>The ministry (부처); "ministry &gt; agency" names both.</summary>
    Ministry,

    /// <summary>The agency that announces (전문기관).</summary>
    Agency,

    /// <summary>The board's own word for what the announcement is (공모유형).</summary>
    Type,

    /// <summary>Whole won; 0 where it is not stated.</summary>
    Budget,

    /// <summary>Who can apply.</summary>
    Audience,

    /// <summary>The text, where the list has it: a feed's description.</summary>
    Text,
}
