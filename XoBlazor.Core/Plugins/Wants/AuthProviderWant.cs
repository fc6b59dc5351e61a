using System.Text.Json.Nodes;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;

namespace XoBlazor.Core.Plugins.Wants;

/// <summary>A plugin says who people are that sign in.</summary>
/// <param name="Label">What the sign-in page calls it, unless its configuration has a text <c>label</c>.</param>
public sealed record AuthProviderWant(AuthProviderStyle Style, string Label) : Want
{
    private const int LongestLabel = 60;

    private static readonly string[] s_styles = ["password", "redirect"];

    public override string Text => $"auth-provider: {s_styles[(int)Style]}, {Label}";

    public override string Words(OperationCatalogue operations) => Style switch
    {
        AuthProviderStyle.Password =>
            "decide who people are that sign in: it is told each name and password that is typed and belongs to nobody else here, and whoever it vouches for comes in, with the groups that it names",
        AuthProviderStyle.Redirect =>
            $"decide who people are that press 'Sign in with {ForeignText.Shown(Label)}': it sends their browsers to a page of its choice, and whoever it vouches for comes in, with the groups that it names",
    };

    internal static IEnumerable<Want> From(JsonNode value)
    {
        var want = ManifestJson.Object(value, "wants.auth-provider");
        ManifestJson.OnlyKnown(want, ["style", "label"], "wants.auth-provider.");
        var style = Array.IndexOf(s_styles, ManifestJson.Text(want, "style", 20));
        return style < 0 ? throw new PluginException($"'wants.auth-provider.style' has to be one of {string.Join(", ", s_styles)}")
            : [new AuthProviderWant((AuthProviderStyle)style, ManifestJson.Text(want, "label", LongestLabel))];
    }
}
