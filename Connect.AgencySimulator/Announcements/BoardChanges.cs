namespace Connect.AgencySimulator.Announcements;

/// <summary>
/// How many announcements change in each way, as requested or as done. Only open ordinary ones can be chosen.
/// </summary>
/// <param name="New">Announced for the first time.</param>
/// <param name="Changed">With another deadline, amount, keywords, level or text.</param>
/// <param name="Closed">Closed ahead of time.</param>
/// <param name="Withdrawn">Taken off the board.</param>
/// <param name="Reposted">Published once more, in turns as (연장공고), which replaces the old one, and as (재공고), which does not.</param>
/// <param name="Moved">Given another id.</param>
internal readonly record struct BoardChanges(
    int New = 0, int Changed = 0, int Closed = 0, int Withdrawn = 0, int Reposted = 0, int Moved = 0);
