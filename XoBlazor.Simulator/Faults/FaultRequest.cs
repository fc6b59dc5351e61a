using System.Text.Json;

namespace XoBlazor.Simulator.Faults;

/// <summary>Reads the body of <c>POST /simulator/faults</c>; whatever is wrong with it is said in words.</summary>
public static class FaultRequest
{
    private const double MostSeconds = 3600;

    private static readonly Dictionary<string, FaultKind> s_kinds =
        Enum.GetValues<FaultKind>().ToDictionary(kind => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString()));

    /// <summary>The name of a kind on the wire.</summary>
    public static string NameOf(FaultKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    /// <exception cref="FormatException">The text names no known fault or has a member that makes no sense; the message tells which.</exception>
    public static Fault Parse(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement);
        }
        catch (JsonException failure)
        {
            throw new FormatException($"The body is not JSON: {failure.Message}", failure);
        }
    }

    private static Fault Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new FormatException("The body must be an object such as {\"fault\":\"refuse\",\"seconds\":3}.");
        var fault = root.TryGetProperty("fault", out var name) && name.ValueKind == JsonValueKind.String && s_kinds.TryGetValue(name.GetString()!, out var kind)
            ? new Fault(kind) { Bytes = kind is FaultKind.Truncate ? 100 : 1 << 20, Seconds = kind is FaultKind.Refuse or FaultKind.ToolstackRestart or FaultKind.Delay ? 3 : 0 }
            : throw new FormatException($"\"fault\" must be one of {string.Join(", ", s_kinds.Keys)}.");
        if (fault.Kind is FaultKind.SlowBoot) fault = fault with { Seconds = 60 };
        if (fault.Kind is FaultKind.SlowBoot or FaultKind.NoReturn) fault = fault with { Times = 1 };
        foreach (var member in root.EnumerateObject())
        {
            fault = member.Name switch
            {
                "fault" => fault,
                "method" when member.Value.ValueKind == JsonValueKind.String => fault with { Method = member.Value.GetString() },
                "host" when member.Value.ValueKind == JsonValueKind.String => fault with { Host = member.Value.GetString() },
                "times" when member.Value.TryGetInt32(out var times) && times > 0 => fault with { Times = times },
                "skip" when member.Value.TryGetInt32(out var skip) && skip >= 0 => fault with { Skip = skip },
                "error" when Texts(member.Value) is { Count: > 0 } error => fault with { Error = error },
                "bytes" when member.Value.TryGetInt32(out var bytes) && bytes >= 0 => fault with { Bytes = bytes },
                "seconds" when member.Value.TryGetDouble(out var seconds) && seconds is >= 0 and <= MostSeconds => fault with { Seconds = seconds },
                "announced" when member.Value.ValueKind is JsonValueKind.True or JsonValueKind.False => fault with { IsAnnounced = member.Value.GetBoolean() },
                "announced" => throw new FormatException("\"announced\" must be true or false."),
                "method" or "host" => throw new FormatException($"\"{member.Name}\" must be a string."),
                "error" => throw new FormatException("\"error\" must be an array of strings, the code of the error first."),
                "times" or "bytes" or "skip" => throw new FormatException($"\"{member.Name}\" must be a whole number, not negative."),
                "seconds" => throw new FormatException($"\"seconds\" must be a number from 0 to {MostSeconds}."),
                _ => throw new FormatException($"\"{member.Name}\" is not a member of a fault: fault, method, times, skip, seconds, bytes, announced, host, error are."),
            };
        }

        return fault.Kind != FaultKind.CallFailure || (fault.Method is not null && fault.Error.Count > 0)
            ? fault : throw new FormatException("A \"call-failure\" needs a \"method\" and an \"error\".");
    }

    private static List<string>? Texts(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
        ? [.. value.EnumerateArray().Select(item => item.GetString()!)] : null;
}
