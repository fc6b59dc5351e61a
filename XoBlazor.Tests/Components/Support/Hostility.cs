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

    private static readonly ImmutableArray<string> s_list = [Text, "javascript:" + Mark + "=4", Text + "2"];

    private static readonly XenMap<string, string> s_map = XenMap<string, string>.Of(
        new(Text, Text), new("0/ip", Text), new("0/ipv4/0", Text), new("name", Text), new("product_brand", Text), new("product_version", Text), new("cpu_count", Text), new("auto_poweron", Text));

    /// <summary>The same object, its references and identity kept, every other text hostile.</summary>
    public static XapiObject Poison(XapiObject value)
    {
        var copy = (XapiObject)value.GetType().GetMethod("<Clone>$")!.Invoke(value, null)!;
        foreach (var field in value.GetType().GetProperties().Where(p => p.CanWrite && p.Name is not (nameof(XapiObject.Ref) or nameof(XapiObject.Uuid) or nameof(XapiMessage.ObjUuid))))
            if (Replacement(field) is { } hostile)
                field.SetValue(copy, hostile);
        return copy;
    }

    private static object? Replacement(PropertyInfo field) =>
        field.PropertyType == typeof(string) ? Text
        : field.PropertyType == typeof(ImmutableArray<string>) ? s_list
        : field.PropertyType == typeof(XenMap<string, string>) ? s_map
        : null;
}
