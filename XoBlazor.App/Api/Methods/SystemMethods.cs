using XoBlazor.App.Api.Catalogue;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Api.Methods;

/// <summary>What the API says about itself.</summary>
internal sealed class SystemMethods : IApiMethods
{
    /// <summary>The xo-server whose answers these are, as clients compare versions, with our own as the build.</summary>
    public static string Version { get; } = $"5.207.2+xo-blazor.{ProductVersion.Text.Split('+')[0]}";

    // What xo-server answers since it began to count otherwise.
    private const string OldVersion = "0.1";

    public IEnumerable<ApiMethod> Methods =>
    [
        new("system.getMethodsInfo", ApiPermission.Anyone, call => ValueTask.FromResult(ApiResult.Of(writer =>
        {
            writer.WriteStartObject();
            foreach (var method in call.Catalogue.All)
                method.WriteTo(writer);
            writer.WriteEndObject();
        })))
        {
            Description = "returns the signatures of all available API methods",
        },
        new("system.listMethods", ApiPermission.Anyone, call => ValueTask.FromResult(ApiResult.Of(writer =>
        {
            writer.WriteStartArray();
            foreach (var method in call.Catalogue.All)
                writer.WriteStringValue(method.Name);
            writer.WriteEndArray();
        })))
        {
            Description = "returns the name of all available API methods",
        },
        new("system.methodSignature", ApiPermission.Anyone, call =>
        {
            var method = call.Catalogue.Find(call.Text("method")) ?? throw ApiException.NoSuchObject(call.Text("method"), "method");
            return ValueTask.FromResult(ApiResult.Of(writer =>
            {
                // A list, as XML-RPC once wanted it.
                writer.WriteStartArray();
                method.WriteBodyTo(writer);
                writer.WriteEndArray();
            }));
        })
        {
            Description = "returns the signature of an API method",
            Parameters = [ApiParameter.Text("method")],
        },
        new("system.getServerVersion", ApiPermission.Anyone, static _ => ValueTask.FromResult<ApiResult>(Version)) { Description = "return the version of xo-server" },
        new("system.getVersion", ApiPermission.Anyone, static _ => ValueTask.FromResult<ApiResult>(OldVersion)) { Description = "API version (unofficial)" },
        new("system.getServerTimezone", ApiPermission.SignedIn, static _ => ValueTask.FromResult<ApiResult>(TimeZoneInfo.Local.Id))
        {
            Description = "return the timezone server",
        },
    ];
}
