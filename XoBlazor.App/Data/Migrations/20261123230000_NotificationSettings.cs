using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace XoBlazor.App.Data.Migrations
{
    /// <summary>The mail server and the web hooks are configurations of plugins now; what was entered for them before goes, and is entered there anew.</summary>
    [DbContext(typeof(AppDatabase))]
    [Migration("20261123230000_NotificationSettings")]
    public partial class NotificationSettings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) =>
            migrationBuilder.Sql("DELETE FROM \"Settings\" WHERE \"Name\" IN ('notifications/email', 'notifications/web-hooks')");

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
        }
    }
}
