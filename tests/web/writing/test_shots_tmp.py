import io, threading, uuid, re
from PIL import Image
from playwright.sync_api import sync_playwright
from werkzeug.serving import make_server
from tests.web.writing.test_together import parent, views, clash
from tests.web.writing.test_sending import fill, fill_school, send
from tests.web.child.test_handing_over import begun, handed, answer
ARGS=["--no-sandbox","--disable-gpu","--disable-quic","--no-first-run","--disable-background-networking","--disable-component-update","--disable-sync"]

def serve(app):
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server

def shoot(app, token, paths, prefix, widths=(375,1280)):
    server = serve(app); axe=open("tests/axe/axe.min.js").read()
    try:
        with sync_playwright() as p:
            b = p.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS)
            for w in widths:
                c = b.new_context(viewport={"width":w,"height":900}, base_url=f"http://localhost:{server.port}")
                c.add_cookies([{"name":"session","value":token,"url":f"http://localhost:{server.port}"}])
                pg = c.new_page()
                errs=[]; pg.on("console", lambda m: errs.append(m.text) if m.type=="error" else None); pg.on("pageerror", lambda e: errs.append(str(e)))
                for name, path in paths:
                    r = pg.goto(path); pg.wait_for_timeout(150)
                    over = pg.evaluate("document.documentElement.scrollWidth - window.innerWidth")
                    pg.screenshot(path=f"/tmp/shots/{prefix}-{name}-{w}.png", full_page=True)
                    pg.evaluate(axe)
                    v = pg.evaluate("axe.run({runOnly:['wcag2a','wcag2aa','wcag21aa','wcag22aa','best-practice']}).then(r=>r.violations.map(v=>v.id+': '+v.nodes.map(n=>n.html.slice(0,120)).slice(0,3).join(' | ')))")
                    print(prefix, name, w, r.status, "OVERFLOW" if over>0 else "", v, errs); errs.clear()
            b.close()
    finally:
        server.shutdown()

def test_parent(app, parents_request):
    at=parents_request; base=f"/forms/{at.form_id}"
    shoot(app, at.who.token, [("empty", base),("p-ask", base+"/page/pq_ask"),("p-first", base+"/page/ch_first"),("p-dob", base+"/page/ch_dob"),("p-pr", base+"/page/pr"),("p-hard", base+"/page/pq_hard"),("send-missing", base+"/send"),("check", base+"/check")], "parent")
    at.write("pq_hard", pq_hard="Mornings are hard.\n\nThe bus is loud."); fill(at)
    shoot(app, at.who.token, [("done", base),("check2", base+"/check"),("p-hard2", base+"/page/pq_hard"),("hist", base+"/history/pq_hard"),("send", base+"/send")], "parent")
    send(at)
    shoot(app, at.who.token, [("sent", base+"/sent"),("print", base+"/print")], "parent")

def test_school(app, schools_request, parent, views):
    at=schools_request; base=f"/forms/{at.form_id}"
    page = clash(parent, at)
    at.write("request", rq_why_now="It has grown urgent since September.")
    shoot(app, at.who.token, [("over", base),("request", base+"/page/request"),("tried", base+"/page/tried"),("needs", base+"/page/needs"),("views", base+"/page/views"),("two", page),("invite", base+"/invite"),("check", base+"/check"),("send", base+"/send")], "school")
    shoot(app, parent.who.token, [("over", base),("views", base+"/page/views")], "par-in-school")
    shoot(app, parent.who.token, [("over", f"/forms/{views.form_id}")], "own-views")

def test_child(app, parents_request, begun):
    c=parents_request.client
    shoot(app, parents_request.who.token, [("handover", f"/child/{begun}/hand-over"),("adult-over", f"/forms/{begun}"),("root", f"/forms/{parents_request.form_id}"),("hp", f"/forms/{begun}/page/hp_mode")], "child")
    c.submit(f"/child/{begun}/hand-over", {"pin":"2580","again":"2580"})
    drawn=io.BytesIO(); Image.new("RGB",(600,400),"green").save(drawn,"PNG"); drawn.seek(0)
    answer(c, begun, "ap_picture", ap_picture=(drawn,"me.png"), **{"ap_picture-words":"Me"})
    answer(c, begun, "ap_who_sees", ap_who_sees=["family","teacher"])
    tok=c.get_cookie("session").value
    shoot(app, tok, [("start", f"/child/{begun}"),("who", f"/child/{begun}/about/ap_who_sees"),("called", f"/child/{begun}/about/ap_called"),("pic", f"/child/{begun}/about/ap_picture"),("good", f"/child/{begun}/about/ap_good"),("feel", f"/child/{begun}/about/ap_feel"),("comm", f"/child/{begun}/about/ap_comm"),("stop", f"/child/{begun}/stop"),("finish", f"/child/{begun}/finish")], "child")
