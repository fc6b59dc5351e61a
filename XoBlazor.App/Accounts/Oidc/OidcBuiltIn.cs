using XoBlazor.Core.Plugins.BuiltIn;
using XoBlazor.Plugins;

namespace XoBlazor.App.Accounts.Oidc;

/// <summary>OpenID Connect as a plugin that comes with the server.</summary>
internal sealed class OidcBuiltIn(TimeProvider time) : IBuiltInPlugin
{
    public string Manifest => $$"""
        {
          "id": "{{OidcPlugin.Name}}",
          "name": "OpenID Connect",
          "version": "1.0.0",
          "contract": "1.0",
          "description": "People sign in with a provider such as Keycloak, Entra ID, Google or Authentik. Register this server there as a web application with the redirect address https://THIS-SERVER/sign-in/with/{{OidcPlugin.Name}}/callback, then enter what the provider gives you.",
          "wants": { "auth-provider": { "style": "redirect", "label": "OpenID Connect" } },
          "configuration": {
            "type": "object",
            "required": ["issuer", "clientId"],
            "properties": {
              "label": { "type": "string", "title": "Name on the button", "description": "After 'Sign in with'.", "default": "OpenID Connect", "minLength": 1, "maxLength": 60 },
              "issuer": { "type": "string", "title": "Issuer", "description": "The provider's address, to the letter as its own documents write it.", "minLength": 1, "maxLength": 1000 },
              "clientId": { "type": "string", "title": "Client ID", "minLength": 1, "maxLength": 1000 },
              "clientSecret": { "type": "string", "title": "Client secret", "description": "Empty for a client that has none.", "writeOnly": true, "maxLength": 4000 },
              "scopes": { "type": "array", "title": "Scopes", "description": "Besides openid. Some providers tell groups only for a scope of that name.", "items": { "type": "string", "minLength": 1, "maxLength": 100 }, "maxItems": 20, "default": ["profile", "email"] },
              "nameClaim": { "type": "string", "title": "Claim with the user name", "default": "preferred_username", "minLength": 1, "maxLength": 200 },
              "displayNameClaim": { "type": "string", "title": "Claim with the display name", "default": "name", "maxLength": 200 },
              "mailClaim": { "type": "string", "title": "Claim with the mail address", "default": "email", "maxLength": 200 },
              "groupsClaim": { "type": "string", "title": "Claim with the groups", "description": "Or a path such as realm_access.roles; empty when groups do not matter.", "default": "groups", "maxLength": 200 },
              "allowedGroups": { "type": "array", "title": "Only members of one of these groups", "description": "Empty for everybody whom the provider lets in.", "items": { "type": "string", "minLength": 1, "maxLength": 256 }, "maxItems": 100, "default": [] },
              "allowedDomains": { "type": "array", "title": "Only verified mail addresses of one of these domains", "description": "Empty for all.", "items": { "type": "string", "minLength": 1, "maxLength": 253 }, "maxItems": 100, "default": [] },
              "createAccounts": { "type": "boolean", "title": "Make an account at the first sign-in", "description": "Otherwise only those come in who have one already.", "default": true },
              "userInfo": { "type": "boolean", "title": "Ask for more claims", "description": "When the token leaves out what matters here.", "default": false },
              "signOut": { "type": "boolean", "title": "Offer to sign out there, too", "default": false },
              "hosts": { "type": "array", "title": "Other servers of the provider that are not on the public Internet", "description": "Names of hosts. The issuer's own is always one of them.", "items": { "type": "string", "minLength": 1, "maxLength": 253 }, "maxItems": 20, "default": [] },
              "authorities": { "type": "string", "title": "Certificates of its authority", "description": "PEM; empty for those that this machine trusts.", "maxLength": 20000 }
            }
          }
        }
        """;

    public Plugin Create() => new OidcPlugin(time);
}
