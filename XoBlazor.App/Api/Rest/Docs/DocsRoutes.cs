using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using XoBlazor.App.Api.Methods;
using XoBlazor.App.Api.Rest.SignIn;
using XoBlazor.Core.Operations;

namespace XoBlazor.App.Api.Rest.Docs;

/// <summary>The API's description for programs and for people.</summary>
internal sealed class DocsRoutes(OperationCatalogue operations, OperationVersion version) : IRestRoutes
{
    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true };

    private readonly Lock _gate = new();
    private Made? _open;
    private Made? _whole;

    public IEnumerable<RestRoute> Routes =>
    [
        new("GET", "/", "Leads to the page for people.", static call =>
        {
            call.Http.Response.Redirect(RestEndpoints.Root + "/docs");
            return Task.CompletedTask;
        })
        {
            IsOpen = true,
            Outcomes = [RestOutcome.Redirect],
        },
        new("GET", "/docs", "This page.", static call => new RazorComponentResult<DocsPage>().ExecuteAsync(call.Http))
        {
            IsOpen = true,
            Outcomes = [RestOutcome.Page],
        },
        new("GET", "/docs/swagger.json", "All of this as an OpenAPI 3.1 document; for who is signed in, with the operations that plugins add.", async call =>
        {
            // Which plugins there are is nobody's business who is not.
            var isSignedIn = (await call.Http.AuthenticateAsync(RestAuthentication.Name)).Succeeded;
            var (_, bytes, tag) = Document(call.Http.RequestServices.GetRequiredService<RestRoutes>(), isSignedIn);
            await call.DocumentAsync(bytes, tag);
        })
        {
            IsOpen = true,
            Outcomes = [RestOutcome.Document, RestOutcome.NotModified],
        },
    ];

    // The routes include these: they are not there yet when this is made.
    private Made Document(RestRoutes routes, bool isWhole)
    {
        lock (_gate)
        {
            if (!isWhole)
                return _open ??= Make([], OpenApiDocument.Of(routes));
            var all = operations.All;
            return _whole is { } made && made.Of == all ? made : _whole = Make(all, OpenApiDocument.Of(routes, all[operations.Own.Length..], version.Text));
        }
    }

    private static Made Make(ImmutableArray<Operation> operations, JsonObject document)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(document, s_readable);
        return new(operations, bytes, Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16)));
    }

    /// <param name="Of">The operations when it was made.</param>
    private sealed record Made(ImmutableArray<Operation> Of, ReadOnlyMemory<byte> Bytes, string Tag);
}
