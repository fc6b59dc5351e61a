using XoBlazor.Core.Model;

namespace XoBlazor.Core.Operations;

/// <summary>What a task of the host's says was its result: the XML of a call's answer, such as <c>&lt;value&gt;OpaqueRef:…&lt;/value&gt;</c>, of which only texts matter here.</summary>
internal static class TaskResult
{
    private const string Open = "<value>";
    private const string Close = "</value>";

    /// <summary>The text inside; the null reference for a result that names no object.</summary>
    public static XenRef<T> Reference<T>(string result) where T : XapiObject
    {
        var start = result.LastIndexOf(Open, StringComparison.Ordinal);
        var from = start < 0 ? 0 : start + Open.Length;
        var end = result.IndexOf(Close, from, StringComparison.Ordinal);
        var text = result[from..(end < 0 ? result.Length : end)];
        return XenRefText.NamesObject(text) ? new(text) : default;
    }
}
