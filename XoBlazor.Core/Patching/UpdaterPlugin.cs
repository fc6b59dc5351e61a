using System.Text.Json;
using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Patching;

/// <summary>XCP-ng's plugin that lists and installs packages, <c>updater.py</c>: its names, and what its answers mean (xo-proxying.md §4.4).</summary>
public static class UpdaterPlugin
{
    public const string Name = "updater.py";
    public const string List = "check_update";
    public const string Install = "update";

    /// <summary>How often a plugin that is busy is asked again, and after how long.</summary>
    public const int MostTries = 10;

    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>It does something else at the moment; as it says so in a failure.</summary>
    public static bool IsBusy(XapiFailureException failure) => failure.Parameters.Any(IsBusy);

    /// <summary>The same as it says so in an answer.</summary>
    public static bool IsBusy(string words) => words.Contains("busy", StringComparison.OrdinalIgnoreCase) || words.Contains("already in progress", StringComparison.OrdinalIgnoreCase);

    /// <summary>The failure that stands in an answer, in the host's words; null for none.</summary>
    public static string? ErrorIn(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object)
            return null;
        // Before XCP-ng 8.2.1 a package manager that failed is a success with an exit code.
        if (((string[])["exit", "returncode"]).Any(name => answer.TryGetProperty(name, out var code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt64(out var exit) && exit != 0))
            return answer.TryGetProperty("stderr", out var errors) && errors.ValueKind == JsonValueKind.String && errors.GetString() is { Length: > 0 } told
                ? ForeignText.Shown(Bounded.Text(told, 500)) : "the package manager failed and did not say why";
        if (!answer.TryGetProperty("error", out var error) || error.ValueKind is JsonValueKind.Null or JsonValueKind.False)
            return null;
        var words = error.ValueKind == JsonValueKind.String ? error.GetString()!
            : error.ValueKind == JsonValueKind.Object && error.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String ? message.GetString()! : error.GetRawText();
        return ForeignText.Shown(Bounded.Text(words, 500));
    }
}
