using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Connect.Caching.Generations;
using Connect.Caching.Naming;
using Connect.Data.Caching;
using Connect.Tests.Unit.Api.Document;

namespace Connect.Tests.Functional.Upgrade;

/// <summary>
/// Under the same keys, instances of two versions share payloads: then bytes of the earlier one have to mean the same. A
/// changed shape has other keys.
/// </summary>
public sealed class PayloadUpgradeTests
{
    private const string Folder = "Connect.Tests/Functional/Upgrade/payloads";
    private const string VersionFile = $"{Folder}/version.txt";

    public static TheoryData<Type> Types => [.. CachePayloads.Types];

    [Fact]
    public void Shape_of_cached_types_is_the_approved_one()
    {
        if (!ApprovedDocument.TryReplace(VersionFile, CachePayloads.SchemaVersion + "\n"))
        {
            Assert.True(
                Read(VersionFile).Trim() == CachePayloads.SchemaVersion,
                $"A cached type has another shape, so that every cached value gets another key. If this is meant, complete the files in {Folder} "
                + "and run these tests with CONNECT_APPROVE=true.");
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Payload_of_an_earlier_version_is_read_and_written_as_the_same_bytes(Type type)
    {
        var path = $"{Folder}/{type.Name}.json";
        var rewritten = (string)typeof(PayloadUpgradeTests).GetMethod(nameof(Rewrite))!.MakeGenericMethod(type).Invoke(null, [Read(path)])!;

        if (!ApprovedDocument.TryReplace(path, rewritten))
        {
            Assert.Equal(Read(path), rewritten);
        }
    }

    [Fact]
    public void Field_unknown_to_this_version_changes_the_bytes() =>
        Assert.NotEqual("""{"userId":"01a20873-0000-7000-8000-000000000002","planted":1}""",
            Rewrite<ExternalUser>("""{"userId":"01a20873-0000-7000-8000-000000000002","planted":1}"""));

    [Fact]
    public void Type_of_another_shape_has_another_key()
    {
        var keys = new[] { typeof(Before.User), typeof(Added.User), typeof(Retyped.User), typeof(Same.User) }.Select(KeyOf).ToList();

        Assert.Equal(3, keys.Distinct().Count());
        Assert.Equal(keys[0], keys[^1]);
    }

    /// <summary>A payload, read and written by the cache's serializers.</summary>
    public static string Rewrite<T>(string payload)
    {
        Assert.True(new CachePayloadSerializers().TryCreateSerializer<T>(out var serializer));
        var buffer = new ArrayBufferWriter<byte>();
        serializer.Serialize(serializer.Deserialize(new(System.Text.Encoding.UTF8.GetBytes(payload))), buffer);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string KeyOf(Type type)
    {
        var options = new JsonSerializerOptions(CachePayloads.Options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
        var composer = new KeyComposer(CachePayloads.VersionOf(options, [type]), capacity: 10, new(CacheLayers.All));
        var entry = CacheLayers.ExternalUserOf("planted");
        return composer.Compose(
            entry.Key, null, entry.Tags, new DatabaseIdentity(7, 1, 5), KeyComposer.RowsOf(entry.Key, entry.Tags), [1, 2], null, [],
            DateTimeOffset.UnixEpoch).Physical;
    }

    private static string Read(string path) => File.ReadAllText(ApprovedDocument.RepositoryFile(path));

    private static class Before
    {
        public sealed record User(Guid UserId);
    }

    private static class Added
    {
        public sealed record User(Guid UserId, string? Name);
    }

    private static class Retyped
    {
        public sealed record User(int UserId);
    }

    private static class Same
    {
        public sealed record User(Guid UserId);
    }
}
