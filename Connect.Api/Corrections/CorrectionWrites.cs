using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Connect.Caching;
using Connect.Data.Caching;
using Connect.Data.Model;
using Connect.Data.Scraping;
using Connect.Domain.Classification;
using Connect.Domain.Programs;
using Microsoft.EntityFrameworkCore;

namespace Connect.Api.Corrections;

/// <summary>Outcome of a correction.</summary>
/// <param name="Corrections">The program's corrections since; null if there is no such program or correction, or nothing was set.</param>
/// <param name="Errors">Errors of the values, by field.</param>
internal sealed record CorrectionOutcome(IReadOnlyList<ProgramCorrection>? Corrections, Dictionary<string, string[]>? Errors = null);

/// <summary>Sets fields of programs by hand, each call to be run inside <see cref="CacheTransaction{TContext}"/>.</summary>
internal static partial class CorrectionWrites
{
    /// <summary>The field's name in the API, which is its name here in camel case.</summary>
    public static string NameOf(CorrectedField field) => JsonNamingPolicy.CamelCase.ConvertName(field.ToString());

    /// <summary>Sets the fields that a patch has. A field that is set to the same value for the same reason stays as it is.</summary>
    public static async Task<CorrectionOutcome> SetAsync(
        ConnectDbContext context, Guid id, JsonObject patch, Guid userId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await LockAsync(context, id, cancellationToken) is not { } program)
        {
            return new(null);
        }

        var (input, errors) = MergePatch.Apply<ProgramCorrectionInput>(new ProgramCorrectionInput { Kind = program.Kind }, patch);
        CorrectedField[] fields = [.. Enum.GetValues<CorrectedField>().Where(field => patch.ContainsKey(NameOf(field)))];
        errors ??= FindProblem(input!, fields, patch);
        if (errors is not null)
        {
            return new(null, errors);
        }

        var corrections = await context.ProgramCorrections.Where(one => one.ProgramId == id).ToListAsync(cancellationToken);
        Change(context, program, now, () =>
        {
            foreach (var field in fields)
            {
                var correction = corrections.Find(one => one.Field == field);
                if (correction is { ConflictAt: null } && (correction.Value, correction.Reason) == (TextOf(input!, field), input!.Reason!))
                {
                    continue;
                }

                if (correction is null)
                {
                    correction = new ProgramCorrection { ProgramId = id, Field = field, Reason = "", BoardValue = program.Read(field) };
                    corrections.Add(correction);
                    context.ProgramCorrections.Add(correction);
                }

                (correction.Value, correction.Reason, correction.UserId) = (TextOf(input!, field), input!.Reason!, userId);
                (correction.CorrectedAt, correction.ConflictAt) = (now, null);
                program.Write(field, correction.Value, now);
            }
        });
        return new(corrections);
    }

    /// <summary>Gives a field back to the board.</summary>
    public static async Task<CorrectionOutcome> RemoveAsync(
        ConnectDbContext context, Guid id, CorrectedField field, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var program = await LockAsync(context, id, cancellationToken);
        var corrections = await context.ProgramCorrections.Where(one => one.ProgramId == id).ToListAsync(cancellationToken);
        if (program is null || corrections.Find(one => one.Field == field) is not { } removed)
        {
            return new(null);
        }

        corrections.Remove(removed);
        context.ProgramCorrections.Remove(removed);
        Change(context, program, now, () =>
        {
            if (field.IsClassified())
            {
                // Not the kept text: with the classification its evidence comes back.
                program.Classify();
                program.Apply(corrections.Where(one => one.Field.IsClassified()), rulesChanged: true, now);
            }
            else
            {
                if (field == CorrectedField.Deadline)
                {
                    // The board's value may be the end of a round that is over: then the next round counts.
                    program.MoveToNextRound(removed, now);
                }

                program.Write(field, removed.BoardValue, now);
            }
        });
        return new(corrections);
    }

    private static async Task<FundingProgram?> LockAsync(ConnectDbContext context, Guid id, CancellationToken cancellationToken)
    {
        await ProgramLock.TakeAsync(context, cancellationToken);
        return (await context.Programs.FromSql($"select * from programs where id = {id} for update").ToListAsync(cancellationToken)).SingleOrDefault();
    }

    // Keeps old and new values in the history, and evicts what was made of the program.
    private static void Change(ConnectDbContext context, FundingProgram program, DateTimeOffset now, Action change)
    {
        var (wasMatched, before) = (program.IsMatched, Read(program));
        change();
        ImmutableArray<FieldChange> fields =
            [.. before.Zip(Read(program)).Where(pair => pair.First.Text != pair.Second.Text).Select(pair => new FieldChange(pair.First.Name, pair.First.Text, pair.Second.Text))];
        if (fields.IsEmpty)
        {
            return;
        }

        program.UpdatedAt = now;
        context.ProgramChanges.Add(new ProgramChange { ProgramId = program.Id, Kind = ProgramChangeKind.Corrected, ChangedAt = now, Fields = fields });
        context.EvictPrograms(ProgramEvictions.ReachOf(wasMatched || program.IsMatched), EvictionReasons.Corrected);
    }

    private static (string Name, string? Text)[] Read(FundingProgram program) =>
    [
        ("status", program.Status.ToString()),
        ("application_start", FieldChange.TextOf(program.ApplicationStart)),
        .. Enum.GetValues<CorrectedField>().Select(field => (JsonNamingPolicy.SnakeCaseLower.ConvertName(field.ToString()), program.Read(field))),
    ];

    private static Dictionary<string, string[]>? FindProblem(ProgramCorrectionInput input, CorrectedField[] fields, JsonObject patch)
    {
        Dictionary<string, string[]> errors = [];
        if (fields.Length == 0)
        {
            errors[""] = [$"Set at least one of {string.Join(", ", Enum.GetValues<CorrectedField>().Select(NameOf))}."];
        }

        if (input.Kind is null or ProgramKind.Unsure)
        {
            errors["kind"] = ["An announcement is of some kind, and who sets it by hand is sure."];
        }

        if (input.Deadline is { Year: < 2000 or > 2100 })
        {
            errors["deadline"] = ["A deadline is in the years 2000 to 2100."];
        }
        else if (input.Deadline is not null && !OffsetRegex().IsMatch((string)patch["deadline"]!))
        {
            errors["deadline"] = ["A deadline has an offset, such as +09:00: without one it would be the server's time."];
        }

        if (input.TargetTypes is { } types && types.Distinct().Count() < types.Count)
        {
            errors["targetTypes"] = ["Each stands once."];
        }

        if (input.Sectors is { } sectors && sectors.Distinct().Count() < sectors.Count)
        {
            errors["sectors"] = ["Each stands once."];
        }

        return errors.Count == 0 ? null : errors;
    }

    [GeneratedRegex("(?:Z|[+-][0-9]{2}:[0-9]{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex OffsetRegex();

    // As Corrections.Read gives them: a program with the values of the input.
    private static string? TextOf(ProgramCorrectionInput input, CorrectedField field) => new FundingProgram
    {
        Title = "",
        AnnouncementUrl = "",
        IdentityKey = "",
        Fingerprint = "",
        Kind = input.Kind!.Value,
        Deadline = input.Deadline,
        BudgetAmount = input.BudgetAmount is { } amount ? long.Parse(amount, CultureInfo.InvariantCulture) : null,
        TargetTypes = [.. input.TargetTypes ?? []],
        Sectors = [.. input.Sectors ?? []],
    }.Read(field);
}
