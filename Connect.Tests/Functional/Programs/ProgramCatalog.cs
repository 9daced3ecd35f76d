using Connect.Data.Model;
using Connect.Domain.Programs;
using Connect.Testing.Data;
using Connect.Tests.Distributed;
using Microsoft.EntityFrameworkCore;

namespace Connect.Tests.Functional.Programs;

/// <summary>2,000 generated programs of all statuses in a database of their own.</summary>
public sealed class ProgramCatalog(RunningApplication application) : IAsyncLifetime
{
    private const int Count = 2_000;

    private static readonly DateTimeOffset Now = GeneratedPrograms.Now.ToUniversalTime();

    private static readonly string[] Endings = ["연구개발", "AI 융합", "R&D 바우처", "K-뷰티", "5G 실증", "물 관리"];

    private TestDatabase _database = null!;
    private Dictionary<Guid, FundingProgram> _byId = [];

    public IReadOnlyCollection<FundingProgram> Programs => _byId.Values;

    public string ConnectionString => _database.ConnectionString;

    public ConnectDbContext CreateContext() => _database.CreateContext();

    public FundingProgram Of(Guid id) => _byId[id];

    /// <summary>One to three words of texts, parts of words among them, now and then an excluded one or a phrase.</summary>
    public string QueryOf(Random random)
    {
        var program = _byId.Values.ElementAt(random.Next(Count));
        var words = $"{program.Title} {program.Description}".Split(' ');
        string Word()
        {
            var word = words[random.Next(words.Length)];
            return word.Length > 3 && random.Next(3) == 0 ? word[random.Next(2)..^random.Next(2)] : word;
        }

        var at = random.Next(words.Length - 1);
        return random.Next(6) switch
        {
            0 => Word(),
            1 => $"{Word()} -{Word()}",
            2 => $"\"{words[at]} {words[at + 1]}\" {Word()}",
            3 => $"{Word()} {Word()} {Word()}",
            _ => $"{Word()} {Word()}",
        };
    }

    public async ValueTask InitializeAsync()
    {
        _database = await TestDatabase.CreateAsync(application);
        await using var context = _database.CreateContext();
        var random = new Random(11);
        for (var i = 0; i < Count; i++)
        {
            context.Programs.Add(Program(i, random));
        }

        await context.SaveChangesAsync(TestContext.Current.CancellationToken);
        await context.Database.ExecuteSqlRawAsync("vacuum analyze programs", TestContext.Current.CancellationToken);
        _byId = await context.Programs.AsNoTracking().ToDictionaryAsync(program => program.Id, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static FundingProgram Program(int number, Random random)
    {
        var (said, other) = (GeneratedPrograms.Announcement(number), GeneratedPrograms.Announcement(number + 50_000));
        return new FundingProgram
        {
            Title = said.Title,
            Description = random.Next(4) == 0 ? null : $"{other.Title} {Endings[random.Next(Endings.Length)]}",
            Agency = said.Agency,
            Kind = random.Next(5) == 0 ? ProgramKind.Notice : ProgramKind.Call,
            Status = (ProgramStatus)random.Next(4),
            Ministry = said.Ministry,
            Keywords = [.. said.Keywords],
            TargetTypes = [.. said.Audience],
            StatedTargetTypes = [.. said.Audience],
            StatedMinTrl = said.Trl.Min,
            StatedMaxTrl = said.Trl.Max,
            BudgetAmount = said.Budget,
            PublishedAt = random.Next(8) == 0 ? null : Now.AddDays(-random.Next(60)),
            Deadline = said.Deadline is null ? null : Now.AddHours(random.Next(-1_000, 1_000)),
            AnnouncementUrl = $"https://example.com/{number}",
            IdentityKey = $"{number}",
            Fingerprint = "",
        }.Classified();
    }
}
