using System.Text.Json.Serialization;

namespace XoBlazor.Core.Patching.Rolling;

/// <summary>The form in which runs are stored and exported, and rehearsals are exported. Members may be added, never renamed.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RollingRun))]
[JsonSerializable(typeof(Rehearsing.Rehearsal))]
public sealed partial class RollingJson : JsonSerializerContext;
