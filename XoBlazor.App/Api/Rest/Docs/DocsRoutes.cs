using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace XoBlazor.App.Api.Rest.Docs;

/// <summary>The API's description for programs and for people.</summary>
internal sealed class DocsRoutes : IRestRoutes
{
    private readonly Lock _gate = new();
    private (ReadOnlyMemory<byte> Bytes, string Tag)? _document;

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
        new("GET", "/docs/swagger.json", "All of this as an OpenAPI 3.1 document.", call =>
        {
            var (bytes, tag) = Document(call.Http.RequestServices.GetRequiredService<RestRoutes>());
            return call.DocumentAsync(bytes, tag);
        })
        {
            IsOpen = true,
            Outcomes = [RestOutcome.Document, RestOutcome.NotModified],
        },
    ];

    // The routes include these: they are not there yet when this is made.
    private (ReadOnlyMemory<byte> Bytes, string Tag) Document(RestRoutes routes)
    {
        lock (_gate)
        {
            if (_document is { } made)
                return made;
            var bytes = JsonSerializer.SerializeToUtf8Bytes(OpenApiDocument.Of(routes), new JsonSerializerOptions { WriteIndented = true });
            _document = (bytes, Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16)));
            return _document.Value;
        }
    }
}
