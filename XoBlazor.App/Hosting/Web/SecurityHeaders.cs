using XoBlazor.App.Hosting.Tls;

namespace XoBlazor.App.Hosting.Web;

/// <summary>
/// What every answer says to the browser. Scripts come from us alone and never inline, so that a hostile name in a page stays text.
/// Inline styles are allowed: MudBlazor positions its popovers with style attributes.
/// </summary>
internal static class SecurityHeaders
{
    private const string ContentPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    private const string StrictTransport = "max-age=31536000";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        var certificate = app.Services.GetService<ServerCertificate>();
        app.Use((context, next) =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
            // With a self-signed certificate the browser's warning could no longer be clicked away.
            if (context.Request.IsHttps && certificate is not { IsSelfSigned: true })
                headers.StrictTransportSecurity = StrictTransport;
            return next(context);
        });
    }
}
