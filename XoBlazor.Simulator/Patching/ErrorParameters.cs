using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Patching;

/// <summary>Completes an error that was asked for by its code alone, as XAPI would: the object first, then what was found and what was needed.</summary>
internal static class ErrorParameters
{
    private const string Unknown = "00000000-0000-4000-8000-000000000000";

    /// <param name="code">The error.</param>
    /// <param name="self">What the call is about.</param>
    /// <param name="host">The host that it is for; null when it is for none.</param>
    public static string[] Of(string code, string self, DbObject? host)
    {
        var version = host?["software_version"].AsMap["product_version"]?.AsText ?? "";
        return code switch
        {
            _ when !code.Contains("_PRECHECK_FAILED_", StringComparison.Ordinal) => [],
            _ when code.EndsWith("_OUT_OF_SPACE", StringComparison.Ordinal) => [self, "104857600", "3221225472"],
            _ when code.EndsWith("_WRONG_SERVER_VERSION", StringComparison.Ordinal) => [self, version, "^9\\.9\\.9$"],
            _ when code.EndsWith("_WRONG_SERVER_BUILD", StringComparison.Ordinal) => [self, "cloud", "^99999$"],
            _ when code.EndsWith("_PREREQUISITE_MISSING", StringComparison.Ordinal) || code.EndsWith("_CONFLICT_PRESENT", StringComparison.Ordinal) => [self, Unknown],
            _ when code.EndsWith("_UNKNOWN_ERROR", StringComparison.Ordinal) || code.EndsWith("_ISO_MOUNTED", StringComparison.Ordinal) => [self, "simulated"],
            _ => [self],
        };
    }
}
