using System.Text.Json.Serialization;
using Connect.Caching.Diagnostics;

namespace Connect.Data.Instances;

/// <summary>JSON of <see cref="CacheSnapshot"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CacheSnapshot))]
internal sealed partial class CacheSnapshotJson : JsonSerializerContext;
