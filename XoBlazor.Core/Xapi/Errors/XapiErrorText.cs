using System.Globalization;
using System.Text;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Xapi;

/// <summary>XAPI's failures in a user's words: what happened to which object, and what to do next.</summary>
public static class XapiErrorText
{
    private const string BackendFailure = "SR_BACKEND_FAILURE";
    private const string UnknownObject = "an object that is gone";
    private const int LongestParameter = 500;

    private static readonly string[] s_units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>A sentence or two for a code and its parameters; every code gets one, also those that a newer XAPI brings.</summary>
    /// <param name="nameOf">Gives the name a user knows an object by, for its reference; null for what is unknown. Without it references stand as they are.</param>
    public static string Of(string code, IReadOnlyList<string> parameters, Func<string, string?>? nameOf = null)
    {
        // Where a host is to be emptied, the VM that finds no place stands in this error's place for figures.
        if (code == "HOST_NOT_ENOUGH_FREE_MEMORY" && parameters is [var vm] && vm.StartsWith("OpaqueRef:", StringComparison.Ordinal))
            return $"No other host has enough free memory for {Name(vm, nameOf)}. Free some, or shut down VMs elsewhere.";
        if (XapiErrorSentences.ByCode.TryGetValue(code, out var sentence))
            return Fill(sentence, parameters, nameOf);
        if (code.StartsWith(BackendFailure, StringComparison.Ordinal))
            return Backend(code, parameters);
        var words = code.Replace('_', ' ').ToLowerInvariant();
        return parameters.Count == 0
            ? $"The pool refused this: {words} ({code})."
            : $"The pool refused this: {words} ({code}: {string.Join(", ", parameters.Select(p => Name(p, nameOf)))}).";
    }

    /// <summary>The sentence for a failure, with objects by name.</summary>
    public static string Of(XapiFailureException failure, Func<string, string?> nameOf) => Of(failure.Code, failure.Parameters, nameOf);

    /// <summary>Storage drivers number their failures and put what they have to say into any of the three parameters.</summary>
    private static string Backend(string code, IReadOnlyList<string> parameters)
    {
        var number = code[BackendFailure.Length..].TrimStart('_');
        var said = string.Join("; ", parameters.Where(p => p.Length > 0).Select(Short));
        return $"The storage driver failed{(number.Length > 0 ? $" (number {number})" : "")}{(said.Length > 0 ? ": " + said.TrimEnd('.') : "")}. "
            + "Its log is /var/log/SMlog on the host that has the storage attached.";
    }

    /// <summary>Puts parameters into a sentence: <c>{0}</c> a text or an object's name, <c>{0:bytes}</c> a size.</summary>
    private static string Fill(string sentence, IReadOnlyList<string> parameters, Func<string, string?>? nameOf)
    {
        var text = new StringBuilder();
        for (var at = 0; at < sentence.Length;)
        {
            var open = sentence.IndexOf('{', at);
            if (open < 0)
                return text.Append(sentence, at, sentence.Length - at).ToString();
            var close = sentence.IndexOf('}', open);
            var place = sentence[open + 1] - '0';
            var value = place < parameters.Count ? parameters[place] : "?";
            text.Append(sentence, at, open - at);
            text.Append(close > open + 2 ? Size(value) : Name(value, nameOf));
            at = close + 1;
        }

        return text.ToString();
    }

    private static string Name(string parameter, Func<string, string?>? nameOf) =>
        nameOf is null || !parameter.StartsWith("OpaqueRef:", StringComparison.Ordinal) ? Short(parameter) : nameOf(parameter) ?? UnknownObject;

    private static string Short(string text) => ForeignText.Shown(text.Length > LongestParameter ? text[..LongestParameter] + "…" : text);

    private static string Size(string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var size))
            return text;
        var unit = 0;
        for (; size >= 1024 && unit < s_units.Length - 1; unit++)
            size /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{size:0.#} {s_units[unit]}");
    }
}
