using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using XoBlazor.Core.Model;
using XoBlazor.Core.Operations;

namespace XoBlazor.Core.Plugins.Wants;

/// <summary>An address below <c>/plugins/ID/</c> where a plugin wants to answer requests.</summary>
/// <param name="Path">Without a slash at the front; one that ends with <c>/*</c> stands for all below it.</param>
/// <param name="IsPublic">Whoever is not signed in is let in, too.</param>
public sealed partial record RouteWant(string Method, string Path, bool IsPublic) : Want
{
    private static readonly string[] s_methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    public override string Text => $"route: {Method} {Path}{(IsPublic ? ", public" : "")}";

    public override string Words(OperationCatalogue operations) =>
        $"answer {Method} {ForeignText.Shown(Path)} below this server's address{(IsPublic ? ", to ANYBODY who reaches this server, without signing in" : ", to whoever is signed in, and be told who that is")}";

    /// <summary>A request is for it.</summary>
    public bool Includes(string method, string path) => (Method == method || (Method == "GET" && method == "HEAD"))
        && (Path.EndsWith("/*", StringComparison.Ordinal) ? path.StartsWith(Path[..^1], StringComparison.Ordinal) && path.Length >= Path.Length : path == Path);

    internal static IEnumerable<Want> From(JsonNode value) => ManifestJson.Items(value, "wants.routes").SelectMany(Read);

    private static IEnumerable<Want> Read(JsonNode item)
    {
        var want = ManifestJson.Object(item, "wants.routes");
        ManifestJson.OnlyKnown(want, ["path", "methods", "public"], "wants.routes.");
        var (path, isPublic) = (ManifestJson.Text(want, "path", 200), ManifestJson.Flag(want["public"], "public"));
        if (!Form().IsMatch(path))
            throw new PluginException($"'wants.routes.path' cannot be '{ForeignText.Shown(path)}'; it is like hook, files/list or files/*");
        var methods = want.ContainsKey("methods") ? ManifestJson.Texts(want["methods"], "wants.routes.methods") : ["GET"];
        return methods.IsEmpty || methods.Any(method => !s_methods.Contains(method)) ? throw new PluginException($"'wants.routes.methods' has to be of {string.Join(", ", s_methods)}")
            : methods.Distinct().Select(method => new RouteWant(method, path, isPublic));
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,60}(/[A-Za-z0-9_-][A-Za-z0-9_.-]{0,60}){0,8}(/\*)?\z")]
    private static partial Regex Form();
}
