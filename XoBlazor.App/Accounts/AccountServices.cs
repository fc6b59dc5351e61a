using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Identity;
using XoBlazor.App.Data;
using XoBlazor.App.Hosting;

namespace XoBlazor.App.Accounts;

/// <summary>Registers accounts, sign-in and the rule that everything needs sign-in unless it says otherwise.</summary>
internal static class AccountServices
{
    public const int ShortestPassword = 12;

    private static readonly TimeSpan s_idle = TimeSpan.FromHours(12);

    public static void AddAccounts(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<SignInSessions>();
        services.AddSingleton<SetUpCode>();
        services.AddSingleton<FirstAdministrator>();
        services.AddSingleton<IGreetingLine>(provider => provider.GetRequiredService<FirstAdministrator>());
        services.AddScoped<CircuitHandler, OpenConnections.Leaving>();
        services.AddRazorComponents();
        services.AddCascadingAuthenticationState();
        services.AddIdentityCore<Account>(SetRules)
            .AddRoles<IdentityRole<Guid>>()
            .AddEntityFrameworkStores<AppDatabase>()
            .AddSignInManager();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddAntiforgery();
        services.AddOptions<CookieAuthenticationOptions>(IdentityConstants.ApplicationScheme).Configure<ListenPlan>(SetCookie);
        services.AddOptions<Microsoft.AspNetCore.Antiforgery.AntiforgeryOptions>().Configure<ListenPlan>((antiforgery, plan) =>
        {
            antiforgery.Cookie.Name = Prefix(plan) + "xo-form";
            antiforgery.Cookie.SecurePolicy = Policy(plan);
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
    }

    /// <summary>Authentication and what hangs on it, in their order.</summary>
    public static void UseAccounts(this WebApplication app)
    {
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseOpenConnections();
        app.UseAntiforgery();
    }

    private static void SetRules(IdentityOptions identity)
    {
        identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
        // Length is what makes a password strong; forced digits and signs only make it guessable in another way.
        identity.Password = new PasswordOptions
        {
            RequiredLength = ShortestPassword,
            RequiredUniqueChars = 4,
            RequireDigit = false,
            RequireLowercase = false,
            RequireUppercase = false,
            RequireNonAlphanumeric = false,
        };
        identity.Lockout.MaxFailedAccessAttempts = 5;
        identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(5);
        identity.User.AllowedUserNameCharacters = "";
    }

    private static void SetCookie(CookieAuthenticationOptions cookie, ListenPlan plan)
    {
        cookie.Cookie.Name = Prefix(plan) + "xo-session";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = Policy(plan);
        cookie.ExpireTimeSpan = s_idle;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = SignInEndpoints.Path;
        cookie.ReturnUrlParameter = SignInEndpoints.ReturnParameter;
        cookie.Events = new CookieAuthenticationEvents
        {
            OnValidatePrincipal = context =>
            {
                if (context.Principal is null || !context.HttpContext.RequestServices.GetRequiredService<SignInSessions>().IsAlive(context.Principal))
                    context.RejectPrincipal();
                return Task.CompletedTask;
            },
            OnRedirectToLogin = context => AnswerAsync(context, StatusCodes.Status401Unauthorized),
            OnRedirectToAccessDenied = context => AnswerAsync(context, StatusCodes.Status403Forbidden),
        };
    }

    // A person is led to the sign-in page; a program gets the status it understands.
    private static Task AnswerAsync(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        var request = context.Request;
        var isPerson = HttpMethods.IsGet(request.Method) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
        if (isPerson && status == StatusCodes.Status401Unauthorized)
            context.Response.Redirect($"{SignInEndpoints.Path}?{SignInEndpoints.ReturnParameter}={Uri.EscapeDataString(request.Path + request.QueryString)}");
        else
            context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    // With HTTPS the browser itself keeps the cookie to this host. Behind a proxy we see plain HTTP and follow the forwarded scheme.
    private static string Prefix(ListenPlan plan) => plan.HasHttps ? "__Host-" : "";

    private static CookieSecurePolicy Policy(ListenPlan plan) => plan.HasHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
}
