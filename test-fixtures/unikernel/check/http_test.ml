(* What http.ml answers; ends with an exception where it should answer otherwise. *)

let expect name found expected =
  if found <> expected then failwith (Printf.sprintf "%s: expected %S, found %S" name expected found)

let status text = List.hd (String.split_on_char '\r' text)

let ask text =
  match Http.read text with
  | Http.More -> "more"
  | Http.Bad status -> "bad " ^ status
  | Http.Whole request -> status (Http.respond ~version:"7" request)

let head first = first ^ "\r\nHost: example\r\n\r\n"

let () =
  expect "the site" (ask (head "GET / HTTP/1.1")) "HTTP/1.1 200 OK";
  expect "the health path" (ask (head "GET /healthz HTTP/1.0")) "HTTP/1.1 200 OK";
  expect "a query" (ask (head "GET /healthz?a=b HTTP/1.1")) "HTTP/1.1 200 OK";
  expect "no page" (ask (head "GET /healthz/ HTTP/1.1")) "HTTP/1.1 404 Not Found";
  expect "another method" (ask (head "POST / HTTP/1.1")) "HTTP/1.1 405 Method Not Allowed";
  expect "half a head" (ask "GET / HTTP/1.1\r\nHost: exam") "more";
  expect "half an end" (ask "GET / HTTP/1.1\r\n\r") "more";
  expect "an empty line at once" (ask "\r\n\r\n") "bad 400 Bad Request";
  expect "no path" (ask (head "GET http://example/ HTTP/1.1")) "bad 400 Bad Request";
  expect "another protocol" (ask (head "GET / HTTP/2")) "bad 400 Bad Request";
  expect "too much" (ask (String.make (Http.largest + 1) 'x')) "bad 431 Request Header Fields Too Large";
  expect "too much, with its end"
    (ask (head ("GET /" ^ String.make Http.largest 'x' ^ " HTTP/1.1")))
    "bad 431 Request Header Fields Too Large";
  expect "the version"
    (Http.respond ~version:"7" { Http.meth = "GET"; path = "/" })
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 10\r\n\
     Cache-Control: no-store\r\nConnection: close\r\n\r\nversion 7\n";
  expect "HEAD"
    (Http.respond ~version:"7" { Http.meth = "HEAD"; path = "/healthz" })
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 3\r\n\
     Cache-Control: no-store\r\nConnection: close\r\n\r\n";
  print_endline "http: every answer is right"
