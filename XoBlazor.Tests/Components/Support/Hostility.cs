using System.Collections.Immutable;
using System.Reflection;
using XoBlazor.Core.Model;

namespace XoBlazor.Tests.Components.Support;

/// <summary>Turns every text of an object into what somebody malicious, or just unlucky, would have put there.</summary>
internal static class Hostility
{
    /// <summary>Set in the page by any script of ours that gets to run.</summary>
    public const string Mark = "hostile";

    /// <summary>Markup that runs where it is taken for such, in letters that turn round, with a zero, and too long for any box.</summary>
    public static readonly string Text =
        $"\u202e<script>{Mark}=1</script><img src=//hostile.invalid/x onerror=\"{Mark}=2\"><b id={Mark}>\u0000\u200f\"'><svg/onload={Mark}=3>{{{{7*7}}}}</title></textarea>" + new string('W', 200);

    /// <summary>Turns all that follows it round, is read from right to left, has a letter nobody sees, and none that is read from left to right.</summary>
    public const string Turning = "\u202e\u05e9\u05dc\u05d5\u05dd\u0001\u05e2\u05d5\u05dc\u05dd";

    /// <summary>The same object, its references and identity kept, every other text hostile.</summary>
    public static XapiObject Poison(XapiObject value, string text)
    {
        var copy = (XapiObject)value.GetType().GetMethod("<Clone>$")!.Invoke(value, null)!;
        foreach (var field in value.GetType().GetProperties().Where(p => p.CanWrite && p.Name is not (nameof(XapiObject.Ref) or nameof(XapiObject.Uuid) or nameof(XapiMessage.ObjUuid))))
            if (Replacement(field, text) is { } hostile)
                field.SetValue(copy, hostile);
        return copy;
    }

    private static object? Replacement(PropertyInfo field, string text) =>
        field.PropertyType == typeof(string) ? text
        : field.PropertyType == typeof(ImmutableArray<string>) ? ImmutableArray.Create(text, "javascript:" + Mark + "=4", text + "2")
        : field.PropertyType == typeof(XenMap<string, string>) ? Map(text)
        : null;

    private static XenMap<string, string> Map(string text) => XenMap<string, string>.Of(
        new(text, text), new("0/ip", text), new("0/ipv4/0", text), new("name", text), new("product_brand", text), new("product_version", text), new("cpu_count", text), new("auto_poweron", text));
}
